import { act, configure } from '@testing-library/react';
import userEvent, { type UserEvent } from '@testing-library/user-event';

// What a person does is awaited inside `act` here: user-event must not leave it meanwhile, or what a promise brings then is
// rendered whenever React's own scheduler has its turn.
configure({ asyncWrapper: (work) => work() });

const user = userEvent.setup({ delay: null });

/** Does something as a person does it, and waits for what the page makes of it and of answers that are there at once. */
export async function asUser(work: (user: UserEvent) => unknown): Promise<void> {
  await act(async () => {
    await work(user);
    for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
  });
}
