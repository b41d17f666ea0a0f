#!/usr/bin/env bash
# Takes the pictures of docs/portal anew: every page, at 1,920 and 360 pixels, light and dark, by the
# browser of the tests. Needs chromium, chromedriver and pngquant.
set -euo pipefail
cd "$(dirname "$0")/.."
for tool in chromium chromedriver pngquant; do
    command -v "$tool" >/dev/null || { echo "$tool is not installed: apt-get install ${tool/%driver/-driver}" >&2; exit 1; }
done
pictures=${CARGO_TARGET_DIR:-target}/tmp/pictures
docs=docs/portal
test=pictures::every_page_is_looked_at
rm -rf "$pictures"
cargo test --locked -p vakt-testkit --test browser -- --exact "$test"
[ -f "$pictures/index.tsv" ] || { echo "$test took no pictures" >&2; exit 1; }
pngquant --strip --speed 1 --nofs --force --ext .png 20 "$pictures"/*.png
mkdir -p "$docs"
rm -f "$docs"/*.png
cp "$pictures"/*.png "$docs"

# A picture follows the reader's theme, where the reader's program can.
shown() { # NAME WIDTH SHOWN_WIDTH TITLE
    printf '<picture><source media="(prefers-color-scheme: dark)" srcset="%s-%s-dark.png"><img src="%s-%s-light.png" width="%s" alt="%s, %s pixels wide"></picture>\n' "$1" "$2" "$1" "$2" "$3" "$4" "$2"
}
{
    echo "# The portal in pictures"
    echo
    echo "Every page, 1,920 and 360 pixels wide, in your theme where the pictures can follow it; each is there"
    echo "in the other theme too. \`scripts/portal-pictures.sh\` takes them, with a browser and the tests' own"
    echo "tenant. What the pages are for is told in [the portal](../guide/portal.md)."
    while IFS=$'\t' read -r name title; do
        printf '\n## %s\n\n' "$title"
        shown "$name" 1920 640 "$title"
        shown "$name" 360 180 "$title"
    done <"$pictures/index.tsv"
} >"$docs/README.md"
echo "$(find "$docs" -name '*.png' | wc -l) pictures, $(du -bc "$docs"/*.png | tail -1 | cut -f1) bytes"
