#!/usr/bin/env bash
# The whole process on this machine, on a stack of its own that keeps nothing: process.sh [CUSTOMERS]
set -euo pipefail
cd -P "$(dirname "${BASH_SOURCE[0]}")/../.."

customers=${1:-50}
plan=examples/customer-merge/plan.yaml
merging=examples/customer-merge/merging.yaml
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
  REKEY_MAIN=dev.rekey.examples.load.Load ./rekey customer-merge "$customers"
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

printf '\n== Users with the same name are conflicts, named in pairs. Nothing is written.\n'
refused migrate "$plan" --yes

printf '\n== What would change if they are merged, too?\n'
rekey analyze "$merging" --changes
preview=$(last_run)
rekey changes --run "$preview" --table Clients --limit 10

printf '\n== Merge. Invoices stay with the customers that they were written for.\n'
rekey migrate "$merging" --without Invoice --yes
first=$(last_run)
rekey verify --run "$first"

printf '\n== The invoices after all.\n'
rekey migrate "$merging" --yes

printf '\n== Which runs were there, and what did they do?\n'
rekey runs --plan customer-merge
rekey id "$merging" --table Customers cust-02 --run "$first"

printf '\n== Take the merge back, newest run first.\n'
rekey rollback --run "$first" --with-later --yes
