# shellcheck shell=bash disable=SC2154  # project and cache are set in ./lab
# Progress lines, a log per step and readable failures, for ./lab.

step_number=0
step_total=0  # set by the caller before its first step

# stop MESSAGE: ends the program with one clear error.
stop() {
  printf '\nerror: %s\n' "$1" >&2
  exit 1
}

# explain_failure LOG: what went wrong, in words, where the log shows a cause that is not ours.
explain_failure() {
  local line
  if grep -qiE 'no space left on device|ENOSPC' "$1"; then
    echo "the disk is full. Set-up keeps its downloads in $cache and builds in $project/build;" \
      "free about 2 GB there (or point ACTIVATION_LAB_CACHE at a larger disk) and run the same" \
      "command again: it goes on where it stopped."
  elif line=$(grep -m1 -iE 'could not resolve|temporary failure|unable to connect|failed to fetch|cannot initiate|connection (refused|timed out|failed)|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|unable to locate package' "$1"); then
    echo "a package registry could not be reached, which said: ${line}. Check the network, the" \
      "proxy and apt's or npm's settings, then run the same command again: it goes on where it" \
      "stopped."
  else
    echo "the step failed; its last lines are above, all of them are in $1."
  fi
}

# step LABEL COMMAND…: runs the command with its output in a log, shows progress and the time taken.
step() {
  local label=$1 log started=$SECONDS pid prefix
  shift
  step_number=$((step_number + 1))
  prefix="[$step_number/$step_total] $label …"
  log="$project/build/logs/$(printf %s "$label" | tr -cs A-Za-z0-9 -).log"
  mkdir -p "$project/build/logs"
  printf '%s' "$prefix"
  ( set -e; "$@" ) >"$log" 2>&1 &
  pid=$!
  # Ctrl-C reaches the command too, as it runs in the same process group.
  while [[ -t 1 ]] && kill -0 "$pid" 2>/dev/null; do
    printf '\r%s %s s' "$prefix" "$((SECONDS - started))"
    sleep 0.2
  done
  if wait "$pid"; then
    [[ -t 1 ]] && printf '\r%s' "$prefix"
    printf ' %s s\n' "$((SECONDS - started))"
  else
    printf ' failed\n\n'
    tail -n 40 "$log"
    stop "$(explain_failure "$log")"
  fi
}
