// A program that lives on an embedded PostgreSQL as the server does, for tests that kill it. Tells its parent in one line of JSON
// what became of the start. Ctrl-C and SIGTERM: one last request, then an orderly end.
import pg from 'pg';
import { startEmbedded } from '../../src/db/embedded.ts';

const [dataDir = '', httpPort = '0'] = process.argv.slice(2);
try {
  const { url, pid, stop } = await startEmbedded({ dataDir, httpPort: Number(httpPort) });
  const listening = setInterval(() => {}, 1e6); // what a server's open port does: it keeps the program running
  const end = async () => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    const { rows } = await client.query("SELECT 'done' AS last");
    await client.end();
    await stop();
    clearInterval(listening);
    console.log(JSON.stringify(rows[0]));
  };
  process.once('SIGINT', end).once('SIGTERM', end);
  console.log(JSON.stringify({ url, pid }));
} catch (error) {
  const { code, message } = error as { code?: string; message: string };
  console.log(JSON.stringify({ code, message }));
}
