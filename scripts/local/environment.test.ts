import { forSources } from './environment';

test('WB-09 the sources are served to this computer alone, unless somebody says otherwise', () => {
  expect(forSources({ PORT: '3100' })).toEqual({ HOST: '127.0.0.1', PORT: '3100' });
  expect(forSources({ HOST: '0.0.0.0' })).toEqual({ HOST: '0.0.0.0' });
});
