package dev.lockstep.core.identity;

/** Disjoint sets of the numbers 0 to n-1, each known by its least number. */
final class Sets {
    private final int[] up;

    Sets(int size) {
        up = new int[size];
        for (int i = 0; i < size; i++) up[i] = i;
    }

    int find(int number) {
        int root = number;
        while (up[root] != root) root = up[root] = up[up[root]];
        return root;
    }

    void union(int one, int other) {
        int a = find(one);
        int b = find(other);
        up[Math.max(a, b)] = Math.min(a, b);
    }
}
