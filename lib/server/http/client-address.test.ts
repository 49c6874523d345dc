/** What the app takes for the client's address behind so many proxies, as another process would have it. */
async function addressBehind(hops: string, forwarded: string | null): Promise<string> {
  process.env['TRUSTED_HOPS'] = hops;
  let address = '';
  await jest.isolateModulesAsync(async () => {
    const { clientAddress } = await import('./request-origin');
    address = clientAddress(new Headers(forwarded === null ? {} : { 'x-forwarded-for': forwarded }));
  });
  delete process.env['TRUSTED_HOPS'];
  return address;
}

test.each([
  ['0', '203.0.113.1', '203.0.113.1'],
  ['1', '203.0.113.1', '203.0.113.1'],
  ['1', '9.9.9.9, 203.0.113.1', '203.0.113.1'],
  ['1', '9.9.9.9,8.8.8.8 ,203.0.113.1', '203.0.113.1'],
  ['2', '9.9.9.9, 203.0.113.1, 198.51.100.2', '203.0.113.1'],
  ['3', '9.9.9.9, 203.0.113.1, 198.51.100.2, 198.51.100.3', '203.0.113.1'],
  // A proxy less than was said: nobody but a proxy of ours has written any of it.
  ['2', '203.0.113.1', '203.0.113.1'],
  ['1', null, 'unknown'],
])('RM-07 behind %s proxies, of “%s” %s counts', async (hops, forwarded, address) => {
  expect(await addressBehind(hops, forwarded)).toBe(address);
});
