#!/usr/bin/env bash
# The whole process on this machine, on a stack of its own that keeps nothing: process.sh [CUSTOMERS]
set -euo pipefail
cd -P "$(dirname "${BASH_SOURCE[0]}")/../.."

customers=${1:-50}
plan=examples/customers-to-contacts/plan.yaml
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
  REKEY_MAIN=dev.rekey.examples.load.Load ./rekey customers-to-contacts "$customers" "$@"
}

rekey() {
  printf '\n$ rekey %s\n' "$*"
  ./rekey "$@" --local --data "$data" | tee "$data/last"
}

# A command that has to be refused.
refused() {
  if rekey "$@"; then
    echo "This was to be refused." >&2
    exit 1
  fi
}

# The run of the last command.
last_run() {
  sed -n 's/^run  *//p' "$data/last" | tail -n 1
}

# Builds Rekey if needed, and says so.
./rekey --version
start
load
load defects

printf '\n== Which tables and indexes are missing? Create them.\n'
refused tables "$plan"
rekey tables "$plan" --create --yes

printf '\n== Data with defects is refused, and each defect is named. Nothing is written.\n'
refused migrate "$plan" --yes

printf '\n== The records are repaired. What would change?\n'
load
rekey analyze "$plan" --changes
preview=$(last_run)
rekey changes --run "$preview" --table contacts --limit 5
rekey changes --run "$preview" --table orders --limit 5

printf '\n== Try it with one order and its contact. Both are taken back.\n'
rekey test "$plan" --table orders --id ord-0001-0 --yes

printf '\n== Customers become contacts, and orders theirs.\n'
rekey migrate "$plan" --yes
first=$(last_run)

printf '\n== Check everything again: records, references, tables and indexes.\n'
rekey verify --run "$first"
rekey tables "$plan"
rekey status --plan "$plan" --by tenant_id

printf '\n== Take it back.\n'
rekey rollback --run "$first" --yes
