/** Times and figures as the screen shows them. The service tells times on the city's clock: nothing is computed anew. */

/** `2 小时 5 分` of minutes. */
export function duration(minutes: number): string {
    const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
    const text = hours === 0 ? `${rest} 分` : rest === 0 ? `${hours} 小时` : `${hours} 小时 ${rest} 分`;
    return minutes < 0 ? `-${text}` : text;
}

/** `11月22日` of `2026-11-22` or of an instant. */
export function day(text: string): string {
    return `${Number(text.slice(5, 7))}月${Number(text.slice(8, 10))}日`;
}

/** `2026年11月22日` of `2026-11-22` or of an instant. */
export function wholeDay(text: string): string {
    return `${text.slice(0, 4)}年${day(text)}`;
}

/** `11月22日 09:00` of an instant. */
export function moment(instant: string): string {
    return `${day(instant)} ${clock(instant)}`;
}

/** `11月22日 09:00–11:30`, with the second day where it is another. */
export function span(start: string, end: string): string {
    return `${moment(start)}–${start.slice(0, 10) === end.slice(0, 10) ? clock(end) : moment(end)}`;
}

/** `09:00` of an instant. */
export function clock(instant: string): string {
    return instant.slice(11, 16);
}

/** The city is east of Greenwich by this much. */
const CITY = "+08:00";

/** The instant of what a date and a time picker say. */
export function instant(date: string, time: string): string {
    return `${date}T${time}:00${CITY}`;
}
