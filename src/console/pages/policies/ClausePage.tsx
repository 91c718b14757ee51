/** To come. */
export default function ClausePage() {
  return null;
}
