/** What another's program reads of a QR code. */

import jsQR from "jsqr";

/** Drawn with eight dots a module and its quiet zone; null where it is read as nothing. */
export function readBack(rows: readonly (readonly boolean[])[]): string | null {
    const side = (rows.length + 8) * 8;
    const dots = new Uint8ClampedArray(side * side * 4).fill(255);
    for (let at = 0; at < side * side; at += 1) {
        const [row, column] = [Math.floor(at / side / 8) - 4, Math.floor((at % side) / 8) - 4];
        if (rows[row]?.[column] === true) dots.fill(0, at * 4, at * 4 + 3);
    }
    return jsQR(dots, side, side, { inversionAttempts: "dontInvert" })?.data ?? null;
}
