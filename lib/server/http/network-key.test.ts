import { networkKey } from './network-key';
import { clientAddress } from './request-origin';

test.each([
  ['203.0.113.7', '203.0.113.7'],
  ['203.0.113.7:41234', '203.0.113.7'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['::FFFF:CB00:7107', '203.0.113.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:0DB8:0001:0002::9', '2001:db8:1:2::/64'],
  ['[2001:db8:1:2::9]:41234', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['64:ff9b::203.0.113.7', '64:ff9b:0:0::/64'],
  ['unknown', 'unknown'],
  ['_hidden', '_hidden'],
  ['1:2:3', '1:2:3'],
])('RM-08 %s is counted as %s', (address, key) => {
  expect(networkKey(address)).toBe(key);
  expect(clientAddress(new Headers({ 'x-forwarded-for': address }))).toBe(key);
});
