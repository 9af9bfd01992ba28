# Finds a JDK 21 or newer and exports it as JAVA_HOME; sets `jdk_version`, its major version.
# Sourced by ./mvnw and ./lockstep, so that neither minds an older `java` on the PATH.
#
# First fit: JAVA_HOME, then the PATH; else the newest of those installed in the usual places.
# Versions are read from each JDK's `release` file: starting a JVM only to ask costs 50 ms.

jdk_needed=21

# jdk_major DIR -> its major version, or nothing where DIR holds no JDK
jdk_major() {
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 0
  sed -n 's/^JAVA_VERSION="\(1\.\)\{0,1\}\([0-9][0-9]*\).*/\2/p' "$1/release"
}

# jdk_take DIR -> takes DIR when it is newer than what was taken so far, and new enough
jdk_take() {
  jdk_candidate=$(jdk_major "$1")
  if [ "${jdk_candidate:-0}" -ge "$jdk_needed" ] && [ "$jdk_candidate" -gt "$jdk_version" ]; then
    jdk_version=$jdk_candidate
    JAVA_HOME=$1
  fi
}

jdk_on_path() {
  jdk_java=$(command -v java) || return 0
  jdk_java=$(readlink -f "$jdk_java" 2>/dev/null) || return 0
  jdk_take "${jdk_java%/bin/java}"
}

jdk_installed() {
  for jdk_dir in /usr/lib/jvm/* "${HOME-}"/.sdkman/candidates/java/* "${HOME-}"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    jdk_take "$jdk_dir"
  done
  if [ "$jdk_version" -eq 0 ] && [ -x /usr/libexec/java_home ]; then
    jdk_take "$(/usr/libexec/java_home -v "$jdk_needed+" 2>/dev/null)"
  fi
}

jdk_version=0
[ -z "${JAVA_HOME-}" ] || jdk_take "$JAVA_HOME"
[ "$jdk_version" -gt 0 ] || jdk_on_path
[ "$jdk_version" -gt 0 ] || jdk_installed
if [ "$jdk_version" -eq 0 ]; then
  echo "Lockstep needs a JDK $jdk_needed or newer: install one (apt install openjdk-25-jdk, brew install openjdk, or https://adoptium.net) or point JAVA_HOME at it." >&2
  exit 1
fi
export JAVA_HOME
