/** To come. */
export default function ReportsPage() {
  return null;
}
