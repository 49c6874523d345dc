import { methods, route } from '@/lib/server/http/route';
import { AppError } from '@/lib/shared/app-error';

const nothingHere = route({
  access: 'public',
  handle: () => Promise.reject(new AppError('not_found')),
});

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: nothingHere,
  HEAD: nothingHere,
  POST: nothingHere,
  PUT: nothingHere,
  PATCH: nothingHere,
  DELETE: nothingHere,
  OPTIONS: nothingHere,
});
