/** To come. */
export default function PortfolioPage() {
  return null;
}
