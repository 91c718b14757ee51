import type { Tx } from '../db/client.ts';

/** The names of actors, people and keys alike, by id. Whoever is neither (the service itself) has none. */
export async function actorNames(tx: Tx, ids: string[]): Promise<Map<string, string>> {
  const asked = { where: { id: { in: [...new Set(ids)] } }, select: { id: true, name: true } };
  const found = [...(await tx.apiKey.findMany(asked)), ...(await tx.user.findMany(asked))];
  return new Map(found.map(({ id, name }) => [id, name]));
}
