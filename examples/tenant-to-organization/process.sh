#!/usr/bin/env bash
# The whole process on this machine, on a stack of its own that keeps nothing: process.sh [RECORDS]
set -euo pipefail
cd -P "$(dirname "${BASH_SOURCE[0]}")/../.."

seed=42
records=${1:-50000}
plan=examples/tenant-to-organization/plan.yaml
data=$(mktemp -d)
stack=

cleanup() {
  if [ -n "$stack" ]; then
    kill "$stack" 2>/dev/null || true
    wait "$stack" || true
  fi
  rm -rf "$data"
}
trap cleanup EXIT

# Starts the stack and sets the variables that it prints.
start() {
  ./rekey up --in-memory --data "$data" --dynamodb-port 0 --s3-port 0 --stepfunctions-port 0 --lambda-port 0 \
    >"$data/variables" 2>"$data/log" &
  stack=$!
  until grep -q 'local stack is running' "$data/log"; do
    kill -0 "$stack" 2>/dev/null || { cat "$data/log" >&2; exit 1; }
    sleep 0.5
  done
  # shellcheck disable=SC1091
  . "$data/variables"
}

load() {
  REKEY_MAIN=dev.rekey.examples.load.Load ./rekey tenant-to-organization "$seed" "$records" "$@"
}

rekey() {
  printf '\n$ rekey %s\n' "$*"
  ./rekey "$@" --local --data "$data" | tee "$data/last"
}

# The run of the last command.
last_run() {
  sed -n 's/^run  *//p' "$data/last" | tail -n 1
}

# Builds Rekey if needed, and says so.
./rekey --version
start
load

printf '\n== Check the data. Nothing is written.\n'
rekey validate "$plan"
rekey analyze "$plan"

printf '\n== Migrate one table, and verify it.\n'
rekey migrate "$plan" --table profiles --yes
first=$(last_run)
rekey verify --run "$first"

printf '\n== Migrate one tenant, in all tables.\n'
rekey migrate "$plan" --where tenant_id=legacy-003 --yes

printf '\n== How far is which tenant? The tables themselves say so.\n'
rekey status --plan "$plan" --by tenant_id

printf '\n== Migrate the rest. Records that are done stay as they are.\n'
rekey migrate "$plan" --yes

printf '\n== The application has added profiles. Migrate again until nothing remains, and verify.\n'
load late 20
rekey migrate "$plan" --until-clean 5 --yes
last=$(last_run)
rekey verify --run "$last"

printf '\n== Which organization has a tenant become, and which tenant was an organization?\n'
rekey id "$plan" --family Tenants legacy-003
organization=$(cat "$data/last")
rekey id "$plan" --family Tenants --reverse "$organization"

printf '\n== Roll everything back, newest run first.\n'
rekey rollback --run "$first" --with-later --yes
