/** The text that bytes in UTF-8 are. There is no `TextDecoder` in a mini-program. */
export function textOfBytes(buffer: ArrayBuffer): string {
    const bytes = new Uint8Array(buffer);
    let escaped = "";
    for (const byte of bytes) escaped += `%${byte.toString(16).padStart(2, "0")}`;
    try {
        return decodeURIComponent(escaped);
    } catch {
        return "";
    }
}
