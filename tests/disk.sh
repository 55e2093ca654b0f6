#!/usr/bin/env bash
# What a disk can do to a forum, as far as it can be made without pulling a plug.
# A power cut: the forum writes to a file system in an image, is killed, and the image is copied before
# anything that the kernel still held could reach it. A forum started on the copy must have every post
# that was acknowledged. A kill alone proves nothing about that: the kernel would still write what it held.
# No room left: what cannot be written is answered with a page that says so and keeps what was typed;
# reading goes on; and when there is room again, so does writing.
# Usage: tests/disk.sh BINARY. Needs root, mount, mkfs.ext4 and curl; without them it says so and counts
# as skipped.
set -euo pipefail
binary=$(realpath "$1")
cuts=${CUTS:-3}

skip() { echo "left out: power cuts and a full disk; $1"; echo "test result: ok. 0 passed; 0 failed; 2 ignored"; exit 0; }
fail() { echo "$1"; echo "test result: FAILED. 0 passed; 1 failed; 0 ignored"; exit 1; }
[ "$(id -u)" = 0 ] || skip "it needs root"
command -v mkfs.ext4 >/dev/null && command -v curl >/dev/null || skip "it needs mkfs.ext4 and curl"

work=$(mktemp -d)
server=
tidy() {
    [ -z "$server" ] || { kill -9 "$server" && wait "$server"; } 2>/dev/null || true
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
        grep -q "$mark<" "$work/pages" || fail "lost: $mark"
        total=$((total + 1))
    done <"$work/acks"
    kill -9 "$server"; wait "$server" 2>/dev/null || true; server=
    umount "$work/copy"
done
[ "$total" -ge 150 ] || fail "only $total posts were acknowledged"
echo "test result: ok. 1 passed; 0 failed; 0 ignored; $total acknowledged posts survived $cuts power cuts"

serve "$work/disk/data"
cookie=$(sign_in)
form=$(curl -s -H "Cookie: $cookie" "$base/rules" | token)
post() {
    curl -s -o "$work/answer" -w '%{http_code}' -H "Cookie: $cookie" --data-urlencode "token=$form" \
        --data-urlencode "key=$1" --data-urlencode "body=$1 $(head -c 20000 /dev/zero | tr '\0' w)" -d do=post "$base/posts/1/reply"
}
[ "$(post roomy-1)" = 303 ] || fail "a post was refused while there was room"
dd if=/dev/zero of="$work/disk/filler" bs=4096 status=none 2>/dev/null || true
refused=
for number in $(seq 300); do
    status=$(post "full-$number")
    [ "$status" = 303 ] && { acked="full-$number"; continue; }
    refused="full-$number"
    [ "$status" = 503 ] || fail "a full disk was answered with $status"
    break
done
[ -n "$refused" ] || fail "the disk never became full"
grep -q "$refused" "$work/answer" || fail "what was typed is not on the page of a full disk"
grep -qi 'disk' "$work/answer" || fail "the page does not say that the disk is full"
[ "$(curl -s -o /dev/null -w '%{http_code}' -H "Cookie: $cookie" "$base/topics/1")" = 200 ] || fail "reading stopped with a full disk"
rm "$work/disk/filler"
[ "$(post "$refused")" = 303 ] || fail "writing did not go on when there was room again"
for page in $(seq 1 40); do curl -s -H "Cookie: $cookie" "$base/topics/1?view=flat&page=$page"; done >"$work/pages"
for mark in roomy-1 "${acked:-roomy-1}" "$refused"; do
    [ "$(grep -c "<p>$mark " "$work/pages")" = 1 ] || fail "$mark is lost or doubled"
done
"$binary" --data "$work/disk/data" check >/dev/null || fail "the rows do not agree after a full disk"
echo "test result: ok. 1 passed; 0 failed; 0 ignored; a full disk was said, and healed"
