#!/usr/bin/env bash
# A power cut, as far as one can be made without pulling a plug: the forum writes to a file system in an
# image, is killed, and the image is copied before anything that the kernel still held could reach it. A
# forum started on the copy must have every post that was acknowledged. A kill alone proves nothing about
# that: the kernel would still write what it held.
# Usage: tests/power_cut.sh BINARY. Needs root, mount, mkfs.ext4 and curl; without them it says so and
# counts as skipped.
set -euo pipefail
binary=$(realpath "$1")
cuts=${CUTS:-3}

skip() { echo "left out: the power cut; $1"; echo "test result: ok. 0 passed; 0 failed; 1 ignored"; exit 0; }
[ "$(id -u)" = 0 ] || skip "it needs root"
command -v mkfs.ext4 >/dev/null && command -v curl >/dev/null || skip "it needs mkfs.ext4 and curl"

work=$(mktemp -d)
server=
tidy() {
    [ -z "$server" ] || kill -9 "$server" 2>/dev/null || true
    umount "$work/disk" 2>/dev/null || true
    umount "$work/copy" 2>/dev/null || true
    rm -rf "$work"
}
trap tidy EXIT

mkdir "$work/disk" "$work/copy"
truncate -s 400M "$work/image"
mkfs.ext4 -q -F "$work/image"
mount -o loop "$work/image" "$work/disk" 2>/dev/null || skip "it may not mount here"

export AQUARIUM_LOG_LEVEL=error AQUARIUM_LIMITS_POSTS_A_MINUTE=100000
"$binary" --data "$work/disk/data" demo --until 2026-01-31 >/dev/null
sync

base=http://127.0.0.1:18099
serve() {
    "$binary" --data "$1" --listen 127.0.0.1:18099 >"$work/out" 2>&1 &
    server=$!
    for _ in $(seq 600); do
        curl -sf "$base/readyz" >/dev/null && return
        kill -0 "$server" || { cat "$work/out"; exit 1; }
    done
    for _ in $(seq 60); do curl -sf --retry 5 --retry-connrefused --retry-delay 1 "$base/readyz" >/dev/null && return; done
    echo "the forum did not open"; exit 1
}
token() { grep -o 'name="token" value="[^"]*"' | head -n 1 | cut -d'"' -f4; }
# Cookies are for encrypted hosts; this machine counts as one for browsers, and curl is told by hand.
sign_in() {
    local page first
    page=$(curl -s -D "$work/head" "$base/sign-in")
    first=$(grep -i '^set-cookie: __Host-visit' "$work/head" | sed 's/^[^:]*: //; s/;.*//')
    curl -s -o /dev/null -D "$work/head" -H "Cookie: $first" \
        --data-urlencode "token=$(printf %s "$page" | token)" \
        --data-urlencode who=ada --data-urlencode 'password=three quiet herons' "$base/sign-in"
    grep -i '^set-cookie: __Host-sid' "$work/head" | sed 's/^[^:]*: //; s/;.*//' | tr -d '\r'
}

total=0
for cut in $(seq "$cuts"); do
    serve "$work/disk/data"
    cookie=$(sign_in)
    form=$(curl -s -H "Cookie: $cookie" "$base/rules" | token)
    : >"$work/acks"
    for number in $(seq 60); do
        status=$(curl -s -o /dev/null -w '%{http_code}' -H "Cookie: $cookie" --data-urlencode "token=$form" \
            --data-urlencode "key=cut-$cut-$number" --data-urlencode "body=cutmark-$cut-$number" -d do=post "$base/posts/1/reply")
        [ "$status" = 303 ] && echo "cutmark-$cut-$number" >>"$work/acks"
    done
    kill -9 "$server"; wait "$server" 2>/dev/null || true; server=
    cp "$work/image" "$work/snapshot"
    mount -o loop "$work/snapshot" "$work/copy"
    serve "$work/copy/data"
    cookie=$(sign_in)
    for page in $(seq 1 40); do curl -s -H "Cookie: $cookie" "$base/topics/1?view=flat&page=$page"; done >"$work/pages"
    while read -r mark; do
        grep -q "$mark<" "$work/pages" || { echo "lost: $mark"; echo "test result: FAILED. 0 passed; 1 failed; 0 ignored"; exit 1; }
        total=$((total + 1))
    done <"$work/acks"
    kill -9 "$server"; wait "$server" 2>/dev/null || true; server=
    umount "$work/copy"
done
[ "$total" -ge 150 ] || { echo "only $total posts were acknowledged"; echo "test result: FAILED. 0 passed; 1 failed; 0 ignored"; exit 1; }
echo "test result: ok. 1 passed; 0 failed; 0 ignored; $total acknowledged posts survived $cuts power cuts"
