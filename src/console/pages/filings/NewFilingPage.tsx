/** To come. */
export default function NewFilingPage() {
  return null;
}
