/**
 * QR codes (ISO/IEC 18004) of short texts: bytes, error correction M, versions 1 to 6. A mini-program has nothing that
 * draws them, and the code to get a gift with is never longer.
 */

/** A version's data bytes and correction bytes a block, and how many blocks. */
interface Version {
    readonly number: number;
    readonly blocks: number;
    readonly dataBytes: number;
    readonly correctionBytes: number;
}

/** Table 9, column M. */
const VERSIONS: readonly Version[] = [
    { number: 1, blocks: 1, dataBytes: 16, correctionBytes: 10 },
    { number: 2, blocks: 1, dataBytes: 28, correctionBytes: 16 },
    { number: 3, blocks: 1, dataBytes: 44, correctionBytes: 26 },
    { number: 4, blocks: 2, dataBytes: 32, correctionBytes: 18 },
    { number: 5, blocks: 2, dataBytes: 43, correctionBytes: 24 },
    { number: 6, blocks: 4, dataBytes: 27, correctionBytes: 16 },
];

/** The longest text, in characters of ASCII. */
export const QR_CHARACTERS_MAX = 106;

/** The rows of the code of a text in ASCII: true is dark. Without the quiet zone of four modules around it. */
export function qr(text: string): boolean[][] {
    const version = VERSIONS.find(({ blocks, dataBytes }) => text.length + 2 <= blocks * dataBytes);
    if (version === undefined || /[^\x20-\x7e]/.test(text)) throw new TypeError("the text is too long, or not ASCII");
    const code = new Modules(17 + 4 * version.number);
    drawPatterns(code, version.number > 1);
    drawBits(code, interleaved(dataOf(text, version), version));
    return code.rows;
}

/** Modules, of which some belong to patterns and hold no data. */
class Modules {
    readonly rows: boolean[][];
    private readonly isPattern: boolean[][];

    constructor(readonly size: number) {
        const square = (): boolean[][] => Array.from({ length: size }, () => Array.from({ length: size }, () => false));
        this.rows = square();
        this.isPattern = square();
    }

    set(row: number, column: number, isDark: boolean): void {
        const line = this.rows[row];
        if (line !== undefined && column >= 0 && column < this.size) line[column] = isDark;
    }

    setPattern(row: number, column: number, isDark: boolean): void {
        this.set(row, column, isDark);
        const line = this.isPattern[row];
        if (line !== undefined && column >= 0 && column < this.size) line[column] = true;
    }

    isFree(row: number, column: number): boolean {
        return this.isPattern[row]?.[column] === false;
    }
}

function drawPatterns(code: Modules, hasAlignment: boolean): void {
    const last = code.size - 1;
    for (let at = 0; at < code.size; at += 1) {
        code.setPattern(6, at, at % 2 === 0);
        code.setPattern(at, 6, at % 2 === 0);
    }
    for (const [row, column] of [[3, 3], [3, last - 3], [last - 3, 3]] as const) drawRings(code, row, column, 4, [2, 4]);
    if (hasAlignment) drawRings(code, last - 6, last - 6, 2, [1]);
    drawFormat(code);
}

/** A square of rings around a middle; those at these distances are light. */
function drawRings(code: Modules, middleRow: number, middleColumn: number, reach: number, light: number[]): void {
    for (let row = -reach; row <= reach; row += 1) {
        for (let column = -reach; column <= reach; column += 1) {
            const distance = Math.max(Math.abs(row), Math.abs(column));
            code.setPattern(middleRow + row, middleColumn + column, !light.includes(distance));
        }
    }
}

/** Error correction M (00) and mask 0 (000), protected by BCH(15,5) and masked: section 7.9. */
const FORMAT = 0x5412;

function drawFormat(code: Modules): void {
    const last = code.size - 1;
    for (let bit = 0; bit < 15; bit += 1) {
        const isDark = ((FORMAT >> bit) & 1) === 1;
        // Beside the timing patterns there is a step of one.
        const along = bit < 6 ? bit : bit + 1;
        if (bit < 8) code.setPattern(along, 8, isDark);
        else code.setPattern(8, bit === 8 ? 7 : 14 - bit, isDark);
        if (bit < 8) code.setPattern(8, last - bit, isDark);
        else code.setPattern(last - 14 + bit, 8, isDark);
    }
    code.setPattern(last - 7, 8, true);
}

/** Mode (bytes), length, the text, an end, and padding: section 7.4. */
function dataOf(text: string, { blocks, dataBytes }: Version): number[] {
    const bytes = Array.from(text, (character) => character.charCodeAt(0));
    // The mode takes four bits, so that everything stands across two bytes.
    const halves = [4, bytes.length >> 4, bytes.length & 15, ...bytes.flatMap((byte) => [byte >> 4, byte & 15]), 0];
    const data: number[] = [];
    for (let at = 0; at < halves.length; at += 2) data.push(((halves[at] ?? 0) << 4) | (halves[at + 1] ?? 0));
    for (let pad = 0; data.length < blocks * dataBytes; pad += 1) data.push(pad % 2 === 0 ? 0xec : 0x11);
    return data;
}

/** The first bytes of all blocks, then the second ones; data before correction: section 7.6. */
function interleaved(data: number[], { blocks, dataBytes, correctionBytes }: Version): number[] {
    const all = Array.from({ length: blocks }, (_, at) => data.slice(at * dataBytes, (at + 1) * dataBytes));
    const corrections = all.map((block) => correctionOf(block, correctionBytes));
    const acrossAll = (parts: number[][], length: number): number[] =>
        Array.from({ length }, (_, at) => parts.map((part) => part[at] ?? 0)).flat();
    return [...acrossAll(all, dataBytes), ...acrossAll(corrections, correctionBytes)];
}

/** Reed and Solomon's remainder of the data by the product of (x - 2^i). */
function correctionOf(data: number[], count: number): number[] {
    let divisor = [1];
    for (let root = 1, degree = 0; degree < count; degree += 1, root = times(root, 2)) {
        const shifted = [...divisor, 0];
        divisor = shifted.map((factor, at) => factor ^ times(divisor[at - 1] ?? 0, root));
    }
    const rest = [...data, ...Array.from({ length: count }, () => 0)];
    for (let at = 0; at < data.length; at += 1) {
        const lead = rest[at] ?? 0;
        divisor.forEach((factor, step) => (rest[at + step] = (rest[at + step] ?? 0) ^ times(factor, lead)));
    }
    return rest.slice(data.length);
}

/** The product in GF(256) by x^8 + x^4 + x^3 + x^2 + 1. */
function times(one: number, other: number): number {
    let product = 0;
    for (let bit = 7; bit >= 0; bit -= 1) {
        product = (product << 1) ^ (product >> 7 === 1 ? 0x11d : 0);
        if ((other >> bit) & 1) product ^= one;
    }
    return product;
}

/** From the right, two columns at a time, up and down; with mask 0, which readers take like any other: section 7.7. */
function drawBits(code: Modules, bytes: number[]): void {
    let next = 0;
    for (let right = code.size - 1, isUp = true; right > 0; right -= 2, isUp = !isUp) {
        if (right === 6) right -= 1;
        for (let step = 0; step < code.size; step += 1) {
            const row = isUp ? code.size - 1 - step : step;
            for (const column of [right, right - 1]) {
                if (!code.isFree(row, column)) continue;
                const isSet = (((bytes[next >> 3] ?? 0) >> (7 - (next & 7))) & 1) === 1;
                code.set(row, column, isSet !== ((row + column) % 2 === 0));
                next += 1;
            }
        }
    }
}
