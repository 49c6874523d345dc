/**
 * What measurements are compared with: a Next app that does nothing but what each measurement needs, built by the same Next as Roomtone,
 * configured in the same way, so that headers cost both the same, and served by the same server (`server/serve.ts`).
 */
// oxlint-disable-next-line no-restricted-imports -- Next loads this file, and knows no alias
export { default } from '../../next.config.js';
