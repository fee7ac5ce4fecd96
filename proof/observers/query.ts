import { OpenQuery, type Row } from './open-query.ts'

/** One query on a connection of its own, past every link: for what is asked once. Values come as text. */
export async function query(
  url: string,
  text: string,
  parameters?: readonly unknown[],
): Promise<readonly Row[]> {
  await using connection = new OpenQuery(url)
  return await connection.ask(text, parameters)
}
