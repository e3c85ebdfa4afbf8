/** What each path takes and gives, read off the contract: a wrong path, parameter or body does not compile. */

import type { components, paths } from "./generated/contract.js";
import type { Code } from "./generated/codes.js";

/** The things of the contract, by name. */
export type Schemas = components["schemas"];

type Verb = "get" | "post" | "put";

/** The paths that take a method. */
export type PathWith<V extends Verb> = {
    [P in keyof paths]: paths[P] extends Record<V, object> ? P : never;
}[keyof paths];

/** The operation of a path and a method. */
export type OperationAt<V extends Verb, P extends keyof paths> = paths[P] extends { [verb in V]: infer O } ? O : never;

type IsNever<T> = [T] extends [never] ? true : false;

/** A kind of parameters of an operation: never where it has none. */
type Parameters<O, Kind extends string> = O extends { parameters: { [kind in Kind]?: infer Q } }
    ? NonNullable<Q>
    : never;

type Argument<Name extends string, T> =
    IsNever<T> extends true
        ? unknown
        : Partial<T> extends T
          ? { readonly [name in Name]?: Readonly<T> }
          : { readonly [name in Name]: Readonly<T> };

type BodyArgument<O> = O extends { requestBody: { content: { "application/json": infer B } } }
    ? { readonly body: B }
    : O extends { requestBody?: { content: { "application/json": infer B } } }
      ? IsNever<B> extends true
          ? unknown
          : { readonly body?: B }
      : unknown;

type VersionArgument<O> = O extends { parameters: { header: { "If-Match": string } } }
    ? { /** The `etag` that was read, or `*`. */ readonly ifMatch: string }
    : "If-Match" extends keyof Parameters<O, "header">
      ? IsNever<Parameters<O, "header">> extends true
          ? unknown
          : { /** The `etag` that was read. */ readonly ifMatch?: string }
      : unknown;

/** What an operation takes: `path`, `query`, `body`, `ifMatch`, each where it has it. */
export type Takes<O> = Argument<"path", Parameters<O, "path">> &
    Argument<"query", Parameters<O, "query">> &
    BodyArgument<O> &
    VersionArgument<O>;

/** {@link Takes} as the last argument of a function: left out where nothing must be said. */
export type LastArgument<T> = Partial<T> extends T ? [takes?: T] : [takes: T];

type Success<O> = O extends { responses: infer R } ? R[keyof R & (200 | 201 | 204)] : never;

type JsonOf<S> = S extends { content: infer C } ? ("application/json" extends keyof C ? C["application/json"] : never) : undefined;

type MediaTypeOf<S> = S extends { content: infer C } ? Exclude<keyof C, "application/json"> : never;

/** What an operation gives: undefined where it gives nothing. */
export type Gives<O> = JsonOf<Success<O>>;

/** The media types in which an operation gives a file. */
export type FileTypeOf<O> = MediaTypeOf<Success<O>> & string;

type RefusalsOf<R> = {
    [S in keyof R]: R[S] extends { content: { "application/problem+json": { code: infer C } } } ? C : never;
}[keyof R];

/** The codes with which the contract says that an operation refuses. */
export type CodeOf<V extends Verb, P extends keyof paths> =
    OperationAt<V, P> extends { responses: infer R } ? RefusalsOf<R> & Code : never;

type IsKeyed<O> =
    IsNever<Parameters<O, "header">> extends true
        ? false
        : "Idempotency-Key" extends keyof Parameters<O, "header">
          ? true
          : false;

/** The paths that give JSON. */
export type JsonPath = {
    [P in PathWith<"get">]: IsNever<Gives<OperationAt<"get", P>>> extends true ? never : P;
}[PathWith<"get">];

/** The paths that give a file. */
export type FilePath = {
    [P in PathWith<"get">]: IsNever<FileTypeOf<OperationAt<"get", P>>> extends true ? never : P;
}[PathWith<"get">];

/** The paths of lists that come in pages. */
export type ListPath = {
    [P in JsonPath]: Gives<OperationAt<"get", P>> extends { items: readonly unknown[]; next: string | null } ? P : never;
}[JsonPath];

/** What a list is of. */
export type ItemOf<P extends ListPath> =
    Gives<OperationAt<"get", P>> extends { items: readonly (infer I)[] } ? I : never;

/** The paths of writes: each is sent with an `Idempotency-Key`. */
export type WritePath = {
    [P in PathWith<"post">]: IsKeyed<OperationAt<"post", P>> extends true ? P : never;
}[PathWith<"post">];

/** The paths of changes by version. */
export type ChangePath = Exclude<PathWith<"put">, "/v1/me/password">;

/** The paths that take a ticket, and no token. */
export type TicketPath = "/v1/auth/bindings" | "/v1/applications" | "/v1/applications/withdraw";

/** The paths that take a POST without a key, but for signing in and out: searches, the ends of sessions. */
export type KeylessPath = Exclude<PathWith<"post">, WritePath | TicketPath | `/v1/auth/${string}`>;

/** What is known of an operation's arguments when it runs. */
export interface AnyTakes {
    readonly path?: Readonly<Record<string, string | number>>;
    readonly query?: Readonly<Record<string, unknown>>;
    readonly body?: unknown;
    readonly ifMatch?: string;
}
