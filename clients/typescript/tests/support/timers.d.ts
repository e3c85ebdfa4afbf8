/** What browsers, Node and mini-programs all have, and the language itself has not. */
declare function setTimeout(run: (value: void) => void, millis: number): unknown;
