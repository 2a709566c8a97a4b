export { poolName, poolOfRun, protocolOfRun, type RunPool } from '#engine/run/run-pool.ts';
