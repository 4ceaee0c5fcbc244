const SVG_NAMESPACE = 'http://www.w3.org/2000/svg';

/** The icon as a DOM node, for code that runs before Lit's templates are on the page. */
export function drawIcon(path: string, className = ''): SVGSVGElement {
  const icon = document.createElementNS(SVG_NAMESPACE, 'svg');
  icon.setAttribute('viewBox', '0 0 24 24');
  icon.setAttribute('aria-hidden', 'true');
  icon.setAttribute('class', `icon ${className}`);
  const shape = document.createElementNS(SVG_NAMESPACE, 'path');
  shape.setAttribute('d', path);
  icon.append(shape);
  return icon;
}
