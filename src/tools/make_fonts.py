#!/usr/bin/env python3
"""Makes the program's fonts: small TrueType subsets of Debian's fonts, as C++ source.

    make_fonts.py OUT_DIR

A subset holds the characters that occur in the sources and a fixed list below, so that the program
carries some hundred kilobytes instead of forty megabytes. OUT_DIR gets one .ttf per face (to look
at), fonts_data.h and fonts_data.cpp (to compile) and the fonts' licences. Nothing is written while
the characters stay the same.

Outlines become quadratic, because TrueType compresses best and Dear ImGui's rasterizer reads it, and
lie on a grid just fine enough for the sizes in use. Semibold Chinese is not among the faces: the
program makes it from the regular one (src/app/ui/embolden.cpp).
Hinting, kerning and layout tables go: the rasterizer uses none of them. What layout would do is
baked in: Inter's digits are the tabular ones, math_italic's letters are the mathematical italics.
Every face is one em high from ascent to descent, so that a size in ImGui means what font-size means
in CSS.
"""

import hashlib
import io
import os
import re
import shutil
import struct
import sys
from pathlib import Path

SOURCE_DIR = Path(__file__).resolve().parent.parent

INTER = "/usr/share/fonts/opentype/inter/Inter-{}.otf"
NOTO = "/usr/share/fonts/opentype/noto/NotoSansCJK-{}.ttc"
JETBRAINS = "/usr/share/fonts/truetype/jetbrains-mono/JetBrainsMono-Regular.ttf"
LATIN_MODERN = "/usr/share/texmf/fonts/opentype/public/lm-math/latinmodern-math.otf"
LICENCES = {  # file in OUT_DIR/licenses: Debian package
    "Inter.txt": "fonts-inter",
    "NotoSansCJK.txt": "fonts-noto-cjk",
    "JetBrainsMono.txt": "fonts-jetbrains-mono",
    "LatinModernMath.txt": "fonts-lmodern",
}

ASCII = "".join(map(chr, range(0x20, 0x7F)))
# Characters the program composes at run time, whether or not a source spells them out.
SYMBOLS = (
    "−×÷±·°…“”‘’–—′″←→↑↓↦≤≥≠≈∞∂∇∑∏∫√∈σθαβγδελμπφωΔΣΦΩ✓✕①●○■▲◆"
    "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ₀₁₂₃₄₅₆₇₈₉"
)
# Pieces that brackets, braces and roots of any height are built from.
MATH_PIECES = "".join(map(chr, range(0x239B, 0x23AE))) + "\u23B7"
# Lengths that outlines are rounded to, per em. Text is at most 24 CSS px high: on a screen of three pixels
# per CSS px a unit is a seventh of a pixel, in Chinese, which is most of all, a quarter.
UNITS, CJK_UNITS = 512, 256
CJK_START = 0x2E80  # the radicals; ideographs and full-width punctuation follow


def used_characters():
    """The characters in the sources, escapes such as \\u2212 included, and the fixed list."""
    found = set(ASCII + SYMBOLS)
    for path in sorted(SOURCE_DIR.rglob("*")):
        if path.suffix not in {".cpp", ".h", ".inc", ".def", ".json"}:
            continue
        text = path.read_text(encoding="utf-8")
        found.update(text)
        for digits in re.findall(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})", text):
            found.add(chr(int("".join(digits), 16)))
    return {c for c in found if ord(c) >= 0x20}


def math_italic_source(character):
    """The code point of the mathematical italic form of a Latin or small Greek letter."""
    if character == "h":
        return 0x210E  # Planck's constant stands where italic h would
    if character == "∂":
        return 0x1D715
    for first, last, italic in (("A", "Z", 0x1D434), ("a", "z", 0x1D44E), ("α", "ω", 0x1D6FC)):
        if first <= character <= last:
            return italic + ord(character) - ord(first)
    return None


def italic_letters():
    letters = map(chr, [*range(0x41, 0x5B), *range(0x61, 0x7B), *range(0x3B1, 0x3CA), 0x2202])
    return {ord(c): math_italic_source(c) for c in letters}


def faces(characters):
    """(name, font file, name inside a collection, {code point: code point of its outline})."""
    latin = {ord(c): ord(c) for c in characters if ord(c) < CJK_START}
    cjk = {ord(c): ord(c) for c in characters if ord(c) >= CJK_START or c in "①…“”‘’—"}
    math = latin | {ord(c): ord(c) for c in MATH_PIECES}
    return [
        ("ui_regular", INTER.format("Regular"), None, latin),
        ("ui_semibold", INTER.format("SemiBold"), None, latin),
        ("cjk_regular", NOTO.format("Regular"), "Noto Sans CJK SC", cjk),
        ("mono", JETBRAINS, None, latin),
        ("math_italic", LATIN_MODERN, None, italic_letters()),
        ("math_roman", LATIN_MODERN, None, math),
    ]


def open_font(path, collection_name):
    from fontTools.ttLib import TTCollection, TTFont

    if collection_name is None:
        return TTFont(path, lazy=True)
    for font in TTCollection(path, lazy=True):
        if font["name"].getBestFamilyName() == collection_name:
            return font
    raise SystemExit(f"make_fonts: {path} holds no {collection_name}")


def tabular_figures(font):
    """{glyph: its tabular form} for digits and signs, from the font's own tnum feature."""
    if "GSUB" not in font:
        return {}
    gsub = font["GSUB"].table
    cmap = font.getBestCmap()
    wanted = {cmap[ord(c)] for c in "0123456789+−" if ord(c) in cmap}
    forms = {}
    for record in gsub.FeatureList.FeatureRecord:
        if record.FeatureTag != "tnum":
            continue
        for index in record.Feature.LookupListIndex:
            for table in gsub.LookupList.Lookup[index].SubTable:
                table = getattr(table, "ExtSubTable", table)
                forms.update({k: v for k, v in table.mapping.items() if k in wanted})
    return forms


def subset(font, code_points):
    """Reduces the font to {code point: glyph} and gives it exactly that character map."""
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import newTable
    from fontTools.ttLib.tables._c_m_a_p import CmapSubtable

    best = font.getBestCmap()
    tabular = tabular_figures(font)
    mapping = {
        code: tabular.get(best[origin], best[origin])
        for code, origin in code_points.items()
        if origin in best
    }
    options = Options(
        hinting=False, layout_features=[], notdef_outline=True, glyph_names=False,
        name_IDs=[0, 1, 2, 13, 14], drop_tables=["GPOS", "GSUB", "GDEF", "MATH", "FFTM", "vhea", "vmtx",
                                                 "VORG", "BASE", "DSIG", "meta"])
    subsetter = Subsetter(options)
    subsetter.populate(glyphs=mapping.values())
    subsetter.subset(font)

    font["cmap"] = cmap = newTable("cmap")
    cmap.tableVersion = 0
    # Format 12, because the rasterizer reads it and it holds code points beyond U+FFFF.
    table = CmapSubtable.newSubtable(12)
    table.platformID, table.platEncID, table.format, table.reserved = 3, 10, 12, 0
    table.length = table.language = 0
    table.cmap = mapping
    cmap.tables = [table]
    return set(mapping)


def make_quadratic(font, units):
    """Replaces CFF outlines by TrueType ones, within one of `units` lengths per em."""
    from fontTools.pens.cu2quPen import Cu2QuPen
    from fontTools.pens.ttGlyphPen import TTGlyphPen
    from fontTools.ttLib import newTable

    if "CFF " not in font:
        return
    glyph_set = font.getGlyphSet()
    glyphs = {}
    for name in font.getGlyphOrder():
        pen = TTGlyphPen(glyph_set)
        tolerance = font["head"].unitsPerEm / units
        glyph_set[name].draw(Cu2QuPen(pen, tolerance, reverse_direction=True))
        glyphs[name] = pen.glyph()
    del font["CFF "]
    font["loca"] = newTable("loca")
    font["glyf"] = glyf = newTable("glyf")
    glyf.glyphOrder = font.getGlyphOrder()
    glyf.glyphs = glyphs
    glyf.compile(font)  # fills in the bounding boxes that hmtx needs
    for name, glyph in glyphs.items():
        font["hmtx"][name] = (font["hmtx"][name][0], getattr(glyph, "xMin", 0))
    maxp = font["maxp"] = newTable("maxp")
    maxp.tableVersion = 0x00010000
    for field in ("maxZones", "maxTwilightPoints", "maxStorage", "maxFunctionDefs",
                  "maxInstructionDefs", "maxStackElements", "maxSizeOfInstructions"):
        setattr(maxp, field, 1 if field == "maxZones" else 0)
    font["post"].formatType = 3.0
    font.sfntVersion = "\0\1\0\0"


def make_simple(font):
    """Draws glyphs that are made of others as they look."""
    from fontTools.pens.recordingPen import DecomposingRecordingPen
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    glyf, glyph_set = font["glyf"], font.getGlyphSet()
    simple = {}
    for name in font.getGlyphOrder():
        if glyf[name].isComposite():
            drawn, pen = DecomposingRecordingPen(glyph_set), TTGlyphPen(None)
            glyph_set[name].draw(drawn)
            drawn.replay(pen)
            simple[name] = pen.glyph()
    glyf.glyphs.update(simple)


def packed(data):
    """The font's bytes as src/app/ui/font_pack.cpp reads them: the tables that the program needs and,
    behind them, those that stand for `glyf` and `loca`."""
    from fontTools.ttLib import TTFont

    font = TTFont(io.BytesIO(data))
    tables = {tag: font.reader[tag] for tag in ("head", "hhea", "maxp", "hmtx", "cmap")}
    head = bytearray(tables["head"])
    head[50:52] = b"\0\1"  # offsets of four bytes
    tables["head"] = bytes(head)
    counts, flags, axes = bytearray(), bytearray(), (bytearray(), bytearray())

    def add_count(count):
        counts.extend([count] if count < 253 else [253, count >> 8, count & 0xFF])

    glyf = font["glyf"]
    for name in font.getGlyphOrder():
        coordinates, ends, on_curve = glyf[name].getCoordinates(glyf)
        add_count(len(ends))
        for before, end in zip([-1, *ends], ends):
            add_count(end - before)
        last = (0, 0)
        for point, on in zip(coordinates, on_curve):
            flag = on & 1
            for axis, narrow, same in ((0, 0x02, 0x10), (1, 0x04, 0x20)):
                step = point[axis] - last[axis]
                if step == 0:
                    flag |= same
                elif abs(step) < 256:
                    flag |= narrow | (same if step > 0 else 0)
                    axes[axis].append(abs(step))
                else:
                    axes[axis].extend(step.to_bytes(2, "big", signed=True))
            flags.append(flag)
            last = point
    tables |= {"lcnt": counts, "lflg": flags, "lxxx": axes[0], "lyyy": axes[1]}
    directory = struct.pack(">IHHHH", 0x00010000, len(tables), 0, 0, 0)
    body, start = b"", len(directory) + 16 * len(tables)
    for tag, content in tables.items():
        directory += tag.encode() + struct.pack(">III", 0, start + len(body), len(content))
        body += bytes(content) + bytes(-len(content) % 4)
    return directory + body


def set_one_em_high(font):
    """Takes the leading off evenly at top and bottom, as CSS does for line-height 1."""
    hhea = font["hhea"]
    surplus = hhea.ascent - hhea.descent - font["head"].unitsPerEm
    hhea.ascent -= surplus - surplus // 2
    hhea.descent += surplus // 2
    hhea.lineGap = 0


def cpp_source(fonts):
    """A C++ file with the fonts as arrays of 64-bit words, which compile ten times faster than bytes."""
    lines = ['#include "fonts_data.h"', "", "#include <bit>", "#include <cstdint>", "",
             "static_assert(std::endian::native == std::endian::little);", "", "namespace lab {",
             "namespace {", ""]
    for name, data in fonts:
        padded = data + bytes(-len(data) % 8)
        words = [f"0x{int.from_bytes(padded[i:i + 8], 'little'):x}" for i in range(0, len(padded), 8)]
        lines.append(f"constexpr std::uint64_t {name}[] = {{")
        lines += [",".join(words[i:i + 8]) + "," for i in range(0, len(words), 8)]
        lines.append("};")
    lines += ["", "FontData font(std::string_view name, const std::uint64_t* words, size_t size) {",
              "  return {name, {reinterpret_cast<const unsigned char*>(words), size}};", "}", "",
              "const FontData kFonts[] = {"]
    lines += [f'    font("{name}", {name}, {len(data)}),' for name, data in fonts]
    lines += ["};", "", "}  // namespace", "",
              "std::span<const FontData> fonts() { return kFonts; }", "", "}  // namespace lab", ""]
    return "\n".join(lines)


HEADER = """\
// Written by src/tools/make_fonts.py.
#pragma once

#include <span>
#include <string_view>

namespace lab {

// A TrueType font with the glyphs in use, packed: see unpack_font() in src/app/ui/font_pack.h.
struct FontData {
  std::string_view name;  // ui_regular ui_semibold cjk_regular mono math_italic math_roman
  std::span<const unsigned char> packed;
};

std::span<const FontData> fonts();

}  // namespace lab
"""


def write(path, content):
    """Replaces the file in one step, as two builds may do this at a time."""
    data = content if isinstance(content, bytes) else content.encode()
    temporary = path.with_name(f"{path.name}.{os.getpid()}")
    temporary.write_bytes(data)
    temporary.replace(path)


def copy_licences(out):
    (out / "licenses").mkdir(exist_ok=True)
    for name, package in LICENCES.items():
        shutil.copyfile(f"/usr/share/doc/{package}/copyright", out / "licenses" / name)


def make(out, characters):
    from fontTools.ttLib.scaleUpem import scale_upem

    fonts, covered = [], set()
    for name, path, collection_name, code_points in faces(characters):
        font = open_font(path, collection_name)
        covered |= subset(font, code_points)
        units = CJK_UNITS if name.startswith("cjk") else UNITS
        make_quadratic(font, units)
        make_simple(font)
        scale_upem(font, units)
        set_one_em_high(font)
        font["head"].modified = font["head"].created  # the same input gives the same bytes
        font.recalcTimestamp = False
        stream = io.BytesIO()
        font.save(stream)
        fonts.append((name, packed(stream.getvalue())))
        write(out / f"{name}.ttf", stream.getvalue())
        print(f"  {name:13} {len(font.getGlyphOrder()):5} glyphs {len(stream.getvalue()) / 1024:7.1f} KB")
    missing = sorted(c for c in characters if ord(c) not in covered)
    if missing:
        print(f"  in no font: {' '.join(missing)}")
    write(out / "fonts_data.h", HEADER)
    write(out / "fonts_data.cpp", cpp_source(fonts))
    copy_licences(out)


def main():
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    out = Path(sys.argv[1])
    characters = used_characters()
    recipe = Path(__file__).read_bytes() + "".join(sorted(characters)).encode()
    digest = hashlib.sha256(recipe).hexdigest()
    stamp = out / "stamp"
    if stamp.exists() and stamp.read_text() == digest:
        return
    try:
        import fontTools  # noqa: F401
    except ImportError:
        debian = "/usr/bin/python3"  # has Debian's python3-fonttools, whichever python runs this
        if sys.executable != debian and os.path.exists(debian):
            os.execv(debian, [debian, *sys.argv])
        raise SystemExit("make_fonts: no fontTools; run ./lab setup, or install python3-fonttools")
    out.mkdir(parents=True, exist_ok=True)
    make(out, characters)
    write(stamp, digest)


main()
