#!/usr/bin/env bash
# The whole process on this machine, on a stack of its own that keeps nothing: process.sh
set -euo pipefail
cd -P "$(dirname "${BASH_SOURCE[0]}")/../.."

plan=examples/csv/plan.yaml
defects=examples/csv/defects.yaml
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

start() {
  ./rekey up --in-memory --data "$data" --dynamodb-port 0 --s3-port 0 --stepfunctions-port 0 --lambda-port 0 \
    >"$data/variables" 2>"$data/log" &
  stack=$!
  until grep -q 'local stack is running' "$data/log"; do
    kill -0 "$stack" 2>/dev/null || { cat "$data/log" >&2; exit 1; }
    sleep 0.5
  done
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

printf '\n== The tables that the files go to.\n'
rekey tables "$plan" --create --yes

printf '\n== Files with defects are refused, and each defect is named by file and line. Nothing is written.\n'
refused migrate "$defects" --yes

printf '\n== The files are repaired.\n'
rekey analyze "$plan"
rekey test "$plan" --table Tickets --id 1 --yes

printf '\n== Import them under new ids.\n'
rekey migrate "$plan" --yes
first=$(last_run)
rekey verify --run "$first"
rekey id "$plan" --table Customers C-1001

printf '\n== Take the import back.\n'
rekey rollback --run "$first" --verify --yes
