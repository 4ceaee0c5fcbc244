/** A QR code as the path of an SVG; server and browser draw the same. */

/** Light modules around the code that a reader needs to find it (ISO/IEC 18004, 9.1). */
export const QUIET_MODULES = 4;

/** Path data in module units, with the quiet zone: one rectangle per run of dark modules. Rows from the top, `true` is dark. */
export function toQrPath(rows: readonly (readonly boolean[])[]): string {
  let path = '';
  for (const [y, row] of rows.entries()) {
    for (let x = 0; x < row.length; x += 1) {
      const start = x;
      while (row[x]) x += 1;
      if (x > start) path += `M${start + QUIET_MODULES} ${y + QUIET_MODULES}h${x - start}v1h${start - x}z`;
    }
  }
  return path;
}
