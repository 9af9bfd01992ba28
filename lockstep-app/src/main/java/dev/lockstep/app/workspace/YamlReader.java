package dev.lockstep.app.workspace;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingEndEvent;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceEndEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads YAML text into a tree that knows where everything stands. Built on the parser's events, so that aliases, tags
 * and duplicate keys are ours to judge: aliases and merges work but are bounded, tags are refused.
 */
final class YamlReader {
    private static final int CHARACTERS_MOST = 1_000_000;
    private static final int DEPTH_MOST = 32;
    private static final long NODES_MOST = 100_000;
    private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");

    private final String file;
    private final Environment environment;
    private final Mistakes mistakes;
    private final Map<Anchor, Yaml> anchors = new HashMap<>();
    private final Iterator<Event> events;

    private YamlReader(String file, String text, Environment environment, Mistakes mistakes) {
        this.file = file;
        this.environment = environment;
        this.mistakes = mistakes;
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file)
                .setCodePointLimit(CHARACTERS_MOST)
                .build();
        this.events = new Parse(settings).parseString(text).iterator();
    }

    /** The document's root; null when it is empty or cannot be read, which is then among the mistakes. */
    static @Nullable Yaml read(String file, String text, Environment environment, Mistakes mistakes) {
        Place top = new Place(file, 1, 1);
        if (text.length() > CHARACTERS_MOST) {
            mistakes.add(top, "The file is larger than a million characters: that is no workspace.");
            return null;
        }
        try {
            return new YamlReader(file, text, environment, mistakes).document();
        } catch (MarkedYamlEngineException e) {
            Place at = e.getProblemMark()
                    .or(e::getContextMark)
                    .map(mark -> place(file, mark))
                    .orElse(top);
            mistakes.add(at, "This is not YAML: " + problem(e) + ".");
            return null;
        } catch (YamlEngineException e) {
            mistakes.add(top, "This is not YAML: " + e.getMessage() + ".");
            return null;
        } catch (Refused e) {
            mistakes.add(e.place, e.sentence);
            return null;
        }
    }

    /** The parser's words, short of its snippet. */
    private static String problem(MarkedYamlEngineException e) {
        String problem = e.getProblem() == null ? "it cannot be read" : e.getProblem();
        String context = e.getContext() == null ? "" : e.getContext() + ", ";
        return (context + problem).replaceAll("\\s+", " ");
    }

    private @Nullable Yaml document() {
        Yaml root = null;
        int documents = 0;
        while (events.hasNext()) {
            Event event = events.next();
            if (event instanceof DocumentStartEvent && ++documents == 2) {
                throw new Refused(placeOf(event), "A second document begins here: a workspace is one document.");
            }
            if (event instanceof ScalarEvent || event instanceof CollectionStartEvent || event instanceof AliasEvent) {
                root = node(event, 0);
            }
        }
        if (root == null || root instanceof Yaml.Nothing) {
            mistakes.add(new Place(file, 1, 1), "The file is empty: it needs `customer:` and `platforms:`.");
            return null;
        }
        return root;
    }

    private Yaml node(Event event, int depth) {
        Place at = placeOf(event);
        if (depth > DEPTH_MOST) {
            throw new Refused(at, "This is nested more than " + DEPTH_MOST + " deep.");
        }
        Yaml node = switch (event) {
            case AliasEvent alias -> alias(alias, at);
            case ScalarEvent scalar -> scalar(scalar, at);
            case MappingStartEvent start -> mapping(start, at, depth);
            case SequenceStartEvent start -> sequence(start, at, depth);
            default -> throw new Refused(at, "This is not YAML.");
        };
        if (node.size() > NODES_MOST) {
            throw new Refused(at, "This stands for more than " + NODES_MOST + " values: that is no workspace.");
        }
        return node;
    }

    private Yaml alias(AliasEvent alias, Place at) {
        Yaml known = anchors.get(alias.getAlias());
        if (known == null) {
            mistakes.add(
                    at,
                    "`*" + alias.getAlias() + "` refers to `&" + alias.getAlias()
                            + "`, which is not written before it.");
            return new Yaml.Nothing(at);
        }
        return known;
    }

    private Yaml scalar(ScalarEvent scalar, Place at) {
        refuseTag(scalar.getTag(), at);
        Yaml node;
        if (scalar.isPlain() && NULLS.contains(scalar.getValue())) {
            node = new Yaml.Nothing(at);
        } else {
            String written = scalar.getValue();
            node = new Yaml.Text(environment.replace(written, at, mistakes), written, at);
        }
        remember(scalar.getAnchor(), node);
        return node;
    }

    private Yaml sequence(SequenceStartEvent start, Place at, int depth) {
        refuseTag(start.getTag(), at);
        List<Yaml> items = new ArrayList<>();
        long size = 1;
        for (Event event = events.next(); !(event instanceof SequenceEndEvent); event = events.next()) {
            Yaml item = node(event, depth + 1);
            size += item.size();
            items.add(item);
        }
        Yaml node = new Yaml.Sequence(List.copyOf(items), at, size);
        remember(start.getAnchor(), node);
        return node;
    }

    private Yaml mapping(MappingStartEvent start, Place at, int depth) {
        refuseTag(start.getTag(), at);
        List<Yaml.Entry> entries = new ArrayList<>();
        List<Yaml> merged = new ArrayList<>();
        Map<String, Place> seen = new HashMap<>();
        for (Event event = events.next(); !(event instanceof MappingEndEvent); event = events.next()) {
            Yaml.Text key = key(event, depth);
            Yaml value = node(events.next(), depth + 1);
            Place before = seen.putIfAbsent(key.written(), key.at());
            if (before != null) {
                mistakes.add(
                        key.at(),
                        "`" + key.written() + "` is written twice, first in line " + before.line() + ": keep one.");
            } else if (key.written().equals("<<")) {
                merged.add(value);
            } else {
                entries.add(new Yaml.Entry(key, value));
            }
        }
        merged.forEach(value -> merge(value, entries, seen));
        long size = 1;
        for (Yaml.Entry entry : entries) size += 1 + entry.value().size();
        Yaml node = new Yaml.Mapping(List.copyOf(entries), at, size);
        remember(start.getAnchor(), node);
        return node;
    }

    /** Adds what a {@code <<} brings and the mapping does not say itself; of several, the earlier wins. */
    private void merge(Yaml value, List<Yaml.Entry> entries, Map<String, Place> seen) {
        switch (value) {
            case Yaml.Mapping mapping -> {
                for (Yaml.Entry entry : mapping.entries()) {
                    if (seen.putIfAbsent(entry.key().written(), entry.key().at()) == null) entries.add(entry);
                }
            }
            case Yaml.Sequence sequence -> sequence.items().forEach(item -> merge(item, entries, seen));
            case Yaml.Text other -> mistakes.add(value.at(), "`<<` merges mappings, and this is " + value.kind() + ".");
            case Yaml.Nothing other -> mistakes.add(value.at(), "`<<` merges mappings, and this is nothing.");
        }
    }

    private Yaml.Text key(Event event, int depth) {
        Place at = placeOf(event);
        if (event instanceof ScalarEvent scalar) {
            refuseTag(scalar.getTag(), at);
            Yaml.Text key = new Yaml.Text(scalar.getValue(), scalar.getValue(), at);
            remember(scalar.getAnchor(), key);
            return key;
        }
        node(event, depth + 1);
        mistakes.add(at, "A name on the left of a colon must be a plain text.");
        return new Yaml.Text("?" + at.line() + ":" + at.column(), "?" + at.line() + ":" + at.column(), at);
    }

    /** An anchor counts from the end of its node on, so nothing can hold itself. */
    private void remember(Optional<Anchor> anchor, Yaml node) {
        anchor.ifPresent(name -> anchors.put(name, node));
    }

    private void refuseTag(Optional<String> tag, Place at) {
        if (tag.isPresent()) {
            mistakes.add(at, "Tags such as `" + tag.get() + "` mean nothing here: take it out.");
        }
    }

    private Place placeOf(Event event) {
        return event.getStartMark().map(mark -> place(file, mark)).orElse(new Place(file, 1, 1));
    }

    private static Place place(String file, Mark mark) {
        return new Place(file, mark.getLine() + 1, mark.getColumn() + 1);
    }

    /** Ends the reading: what follows could not be understood. */
    private static final class Refused extends RuntimeException {
        private final transient Place place;
        private final String sentence;

        Refused(Place place, String sentence) {
            super(sentence);
            this.place = place;
            this.sentence = sentence;
        }
    }
}
