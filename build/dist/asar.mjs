import { closeSync, openSync, readSync } from 'node:fs';

/**
 * The files of an `app.asar`, by their paths inside it, with forward slashes. Its header is JSON
 * behind four 32-bit sizes; the last is the JSON's own.
 * @param {string} file
 * @returns {string[]}
 */
export function asarFiles(file) {
  const fd = openSync(file, 'r');
  try {
    const sizes = Buffer.alloc(16);
    readSync(fd, sizes, 0, sizes.length, 0);
    const json = Buffer.alloc(sizes.readUInt32LE(12));
    readSync(fd, json, 0, json.length, sizes.length);
    return list(JSON.parse(json.toString('utf8')), '');
  } finally {
    closeSync(fd);
  }
}

/**
 * @typedef {{ files?: Record<string, AsarNode> }} AsarNode
 * @param {AsarNode} node
 * @param {string} path
 * @returns {string[]}
 */
function list({ files }, path) {
  if (files === undefined) return [path];
  return Object.entries(files).flatMap(([name, node]) =>
    list(node, path === '' ? name : `${path}/${name}`),
  );
}
