/** The answer of `POST /api/demo`. */
export interface DemoResponse {
  readonly room: { readonly code: string };
}
