/** To come. */
export default function ImportsPage() {
  return null;
}
