# shellcheck shell=bash
# Steps of a long run: each is named, timed and run even when one before it failed.
# Sourced: `step NAME COMMAND...` runs one, `summary` prints all and gives the exit code.
# shellcheck disable=SC2317 # called by those who source it

step_lines=()
step_failures=0

step() {
  local name=$1 began=$SECONDS result=ok status=0
  shift
  echo "==> $name"
  "$@" </dev/null || status=$?
  if [[ $status -ne 0 ]]; then
    result="FAILED ($status)"
    step_failures=$((step_failures + 1))
  fi
  step_lines+=("$(printf '%6d s  %-12s %s' $((SECONDS - began)) "$result" "$name")")
  echo "==> $name: $result, $((SECONDS - began)) s"
}

summary() {
  echo "==> summary"
  printf '%s\n' "${step_lines[@]}"
  printf '%6d s  total, %d of %d steps failed\n' "$SECONDS" "$step_failures" "${#step_lines[@]}"
  [[ $step_failures -eq 0 ]]
}
