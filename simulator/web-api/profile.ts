import { json } from '@/simulator/http/call';
import type { Route } from '@/simulator/http/router';
import type { World } from '@/simulator/world/world';
import { userObject } from './objects/items';
import { apiRoute } from './request/authorization';

/** `GET /v1/me`. @see https://developer.spotify.com/documentation/web-api/reference/get-current-users-profile */
export function profileRoutes(world: World): readonly Route[] {
  return [
    apiRoute('GET /v1/me', world, {}, ({ account }) => {
      const extended = {
        country: 'DE',
        email: `${account.key}@example.com`,
        explicit_content: { filter_enabled: false, filter_locked: false },
        followers: { href: null, total: 21 },
        product: account.product,
      };
      return json(200, {
        account_id: account.accountId,
        display_name: account.displayName,
        ...userObject(account),
        images: [],
        ...(world.settings.profile === 'extended' ? extended : {}),
      });
    }),
  ];
}
