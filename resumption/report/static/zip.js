"use strict";
// A .zip of a few text files, stored without compression.

const crcTable = Array.from({ length: 256 }, (_, start) => {
  let value = start;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value >>> 0;
});
function crc32(bytes) {
  let value = 0xffffffff;
  for (const byte of bytes) value = crcTable[(value ^ byte) & 0xff] ^ (value >>> 8);
  return (value ^ 0xffffffff) >>> 0;
}
function little(...fields) {
  const bytes = [];
  for (const [value, size] of fields) for (let index = 0; index < size; index++) bytes.push((value >>> (8 * index)) & 0xff);
  return Uint8Array.from(bytes);
}
/** Parts of a Blob: the archive with `files`, [name in ASCII, text]. */
function zipParts(files) {
  const parts = [], directory = [];
  let offset = 0;
  for (const [name, text] of files) {
    const bytes = new TextEncoder().encode(text), title = new TextEncoder().encode(name);
    const both = [[20, 2], [0x0800, 2], [0, 2], [0, 2], [0x5421, 2], [crc32(bytes), 4], [bytes.length, 4], [bytes.length, 4], [title.length, 2], [0, 2]];
    const head = little([0x04034b50, 4], ...both);
    parts.push(head, title, bytes);
    directory.push(little([0x02014b50, 4], [20, 2], ...both, [0, 2], [0, 2], [0, 2], [0, 4], [offset, 4]), title);
    offset += head.length + title.length + bytes.length;
  }
  const size = directory.reduce((sum, part) => sum + part.length, 0);
  return [...parts, ...directory, little([0x06054b50, 4], [0, 2], [0, 2], [files.length, 2], [files.length, 2], [size, 4], [offset, 4], [0, 2])];
}
