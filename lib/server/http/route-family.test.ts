import { paths } from '@/testing/people/app-routes';
import { routeFamily } from './route-family';

const at = (path: string): Request => new Request(`http://127.0.0.1:3000${path}?q=words`);

test('every address has a family of its own, whatever its code and id are', () => {
  const families = paths.map((path) => {
    const params = Object.fromEntries([...path.matchAll(/\[(\w+)\]/g)].map(([, name = '']) => [name, 'queue']));
    const family = routeFamily(at(path.replaceAll(/\[\w+\]/g, 'queue')), params);
    expect(family).toBe(path.replaceAll(/\[(\w+)\]/g, ':$1'));
    return family;
  });
  expect(new Set(families).size).toBe(paths.length);
});
