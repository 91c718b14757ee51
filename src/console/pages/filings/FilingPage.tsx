/** To come. */
export default function FilingPage() {
  return null;
}
