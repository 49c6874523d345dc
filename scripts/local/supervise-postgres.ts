import { type Cluster, type ClusterOptions, startCluster } from './embedded-postgres';

/** How often it is looked at, and how long after a start that failed the next one is tried, in ms. */
const lookMs = 500;
const retryMs = 2_000;

/**
 * Starts a cluster and starts it again, at the same port, whenever it ends without having been told to: the app finds its way back to it by
 * itself. That it does not start again is said once, however often it is tried.
 *
 * @param begin starts it
 * @throws {UserError} when it does not start the first time
 */
export async function superviseCluster(options: ClusterOptions, begin = startCluster): Promise<Cluster> {
  let cluster = await begin(options);
  const { port } = cluster;
  let repair: Promise<void> | null = null;
  let nextMs = 0;
  let isFailing = false;

  const startAgain = async (): Promise<void> => {
    if (!isFailing) console.error('  PostgreSQL has ended and is started again.');
    try {
      cluster = await begin({ ...options, port });
      isFailing = false;
    } catch (error) {
      if (!isFailing) console.error(error instanceof Error ? error.message : error);
      isFailing = true;
      nextMs = Date.now() + retryMs;
    }
  };
  const timer = setInterval(() => {
    if (repair !== null || cluster.isAlive() || Date.now() < nextMs) return;
    repair = startAgain().finally(() => (repair = null));
  }, lookMs).unref();

  return {
    url: (database) => cluster.url(database),
    port,
    isAlive: () => cluster.isAlive(),
    stop: async () => {
      clearInterval(timer);
      await repair;
      await cluster.stop();
    },
  };
}
