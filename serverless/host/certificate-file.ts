import { dataPath } from '@/scripts/local/paths';

/** Where the certificate is that everybody here believes, and its key; scripts/serverless-main.ts makes them. */
export const certificateFile = (part: 'cert' | 'key'): string => dataPath('serverless', `${part}.pem`);
