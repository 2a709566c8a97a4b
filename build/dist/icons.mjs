/** `node build/dist/icons.mjs`: icon.png and icon.ico of icon.svg, drawn by this machine's Chromium. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { browserHere } from '../web/lane.mjs';
import { RESOURCES } from './places.mjs';

/** Sizes Windows asks an .ico for, in pixels. */
const ICO_SIZES = [16, 20, 24, 32, 40, 48, 64, 256];
const PNG_SIZE = 512;

const browser = browserHere();
if (browser === undefined || !('executablePath' in browser)) throw new Error('needs Chromium');
const svg = readFileSync(join(RESOURCES, 'icon.svg'), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'portlab-icons-'));
try {
  writeFileSync(join(RESOURCES, 'icon.png'), draw(browser.executablePath, PNG_SIZE));
  const pictures = ICO_SIZES.map((size) => draw(browser.executablePath, size));
  writeFileSync(join(RESOURCES, 'icon.ico'), ico(pictures));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** @param {string} program @param {number} size @returns {Buffer} a PNG */
function draw(program, size) {
  const page = join(folder, 'page.html');
  const shot = join(folder, `${size}.png`);
  writeFileSync(page, `<style>body{margin:0}svg{display:block;width:${size}px}</style>${svg}`);
  const args = [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--hide-scrollbars',
    '--default-background-color=00000000',
    `--user-data-dir=${join(folder, 'profile')}`,
    `--window-size=${size},${size}`,
    `--screenshot=${shot}`,
    page,
  ];
  spawnSync(program, args, { stdio: 'ignore', timeout: 60_000 });
  return readFileSync(shot);
}

/** An .ico of PNGs: a header, one 16-byte entry a picture, the pictures. @param {Buffer[]} pictures */
function ico(pictures) {
  const header = Buffer.alloc(6);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(pictures.length, 4);
  let offset = header.length + 16 * pictures.length;
  const entries = pictures.map((picture, i) => {
    const entry = Buffer.alloc(16);
    // 256 is written as 0.
    const size = (ICO_SIZES[i] ?? 0) % 256;
    entry.writeUInt8(size, 0);
    entry.writeUInt8(size, 1);
    entry.writeUInt16LE(1, 4);
    entry.writeUInt16LE(32, 6);
    entry.writeUInt32LE(picture.length, 8);
    entry.writeUInt32LE(offset, 12);
    offset += picture.length;
    return entry;
  });
  return Buffer.concat([header, ...entries, ...pictures]);
}
