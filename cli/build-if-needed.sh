# shellcheck shell=bash disable=SC2154
# Read by the launcher, ./rekey, where Rekey's sources are: builds what is missing or older than they are.
# It leaves in $cache what makes the start quicker.

# Whether everything is built and no source is newer. The stamp holds the time at which its build began, in UTC.
is_fresh() {
  [ -f "$stamp" ] && [ -d "$stores/dynamodb-local" ] && [ -d "$stores/s3mock" ] || return 1
  TZ=UTC0 touch -t "$(cat "$stamp")" "$stamp" || return 1
  local newer
  newer=$(find pom.xml .mvn functions statemachine infra cli examples docs/reference \
    \( -name target -o -path '*/src/test' \) -prune -o \
    \( -path '*/src/main*' -o -name pom.xml -o -name '*.asl.json' -o -name '*.schema.json' -o -path '.mvn/*' \) \
    -newer "$stamp" -print 2>/dev/null | head -n 1) || true
  [ -z "$newer" ]
}

# One build at a time. The lock names its owner, so that the lock of a killed build is broken.
take_lock() {
  local owner waited=
  mkdir -p cli/target
  until mkdir "$lock" 2>/dev/null; do
    owner=$(cat "$lock/owner" 2>/dev/null || true)
    if [ -n "$owner" ] && ! kill -0 "$owner" 2>/dev/null; then
      rm -rf "$lock"
      continue
    fi
    [ -n "$waited" ] || echo "Waiting for another build of Rekey…" >&2
    waited=yes
    sleep 0.5
  done
  trap 'rm -rf "$lock"' EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
  echo $$ >"$lock/owner"
}

build() {
  local code=0 output=cli/target/rekey-build.log
  if [ -f "$stamp" ]; then
    echo "Building Rekey (its sources changed)…" >&2
  else
    echo "Building Rekey (first time; downloads some 160 MB of libraries that are not on this machine yet, then compiles)…" >&2
  fi
  # It is over before the optimizing compiler has earned back what it costs.
  JAVA_HOME=$java MAVEN_OPTS="-XX:TieredStopAtLevel=1 ${MAVEN_OPTS:-} --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED" \
    ./mvnw -B -T2 -Dcommand.only -pl cli,infra/stores -am package 2>&1 | tee "$output" | tell_progress >&2 || code=$?
  if [ "$code" -ne 0 ]; then
    explain_failure "$code" "$output"
    exit 3
  fi
}

# Says what a build is doing, from what Maven prints: each module once, and when it begins to download.
tell_progress() {
  awk '
    /^\[INFO\] Building .*\[[0-9]+\/[0-9]+\]$/ {
      sub(/^\[INFO\] Building /, ""); sub(/ [^ ]+ +\[/, " ["); print "  " $0; downloading = 0; fflush()
    }
    /Downloading from / && !downloading { print "    downloading…"; downloading = 1; fflush() }'
}

# Why a build failed: that nothing can be downloaded is told in words, all else as Maven says it.
explain_failure() {
  if grep -qE '(curl|wget): Failed to fetch' "$2"; then
    grep -m 1 'Failed to fetch' "$2" >&2
    echo "Cannot build Rekey: Maven is not on this machine and could not be downloaded. Nothing was started." \
      "Set https_proxy, or MVNW_REPOURL to a mirror of Maven Central such as https://MIRROR/maven2, for Maven itself;" \
      "configure the same for its libraries in ~/.m2/settings.xml. Then run the command again." >&2
  elif grep -qE 'Could not transfer|Unknown host|UnknownHostException|in offline mode|Connection (refused|timed out|reset)|Failed to (fetch|download)' "$2"; then
    grep -m 1 -E '^\[ERROR\]|Failed to (fetch|download)' "$2" >&2 || true
    echo "Cannot build Rekey: libraries are missing on this machine and could not be downloaded. Nothing was started." \
      "Connect to the internet, or configure your proxy or mirror in ~/.m2/settings.xml, and run the command again." \
      "Once everything is there, Rekey builds without a connection." >&2
  else
    grep -E '^\[ERROR\]|^\[WARNING\].*\.java' "$2" >&2 || tail -n 20 "$2" >&2
    echo "Cannot build Rekey: ./mvnw ended with exit code $1. Nothing was started." \
      "Correct what the lines above complain about and run the command again. All that Maven printed: $home/$2" >&2
  fi
}

# Whether warm_up was tried since the last build, whoever built.
is_warm() {
  [ "$warm" -nt "$stamp" ]
}

# Lets the JVM keep the loaded and linked classes of the commands and of the stores, which makes every later start quicker.
# Nothing depends on it.
warm_up() {
  echo "Preparing quick starts (once after each build, some ten seconds)…" >&2
  "$java/bin/java" -cp "$libraries/*" dev.rekey.local.stores.KeptClasses "$stores" >/dev/null 2>&1 &
  "$java/bin/java" -XX:AOTCacheOutput="$cache.new" "${flags[@]}" -cp "$libraries/*" \
    dev.rekey.cli.Main --help >/dev/null 2>&1 && mv "$cache.new" "$cache" || rm -f "$cache.new"
  wait
  touch "$warm"
}

called_from=$PWD
cd "$home"
stamp=cli/target/rekey/built
warm=cli/target/rekey/warm
cache=$home/cli/target/rekey/classes.aot
lock=cli/target/rekey-build.lock
if ! is_fresh || ! is_warm; then
  take_lock
  is_fresh || build
  is_warm || warm_up
  rm -rf "$lock"
  trap - EXIT INT TERM
fi
cd "$called_from"
