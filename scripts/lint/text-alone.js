const message =
  'Text beside other nodes: give it an element of its own, or write <Sentence>. Browsers that translate a page take text away from React (SC6).';

/** Names of what is handed in as elements, never as text. */
const slots = new Set(['children', 'actions']);

/** What stands between tags only for the form of the source. */
function isLayout(child) {
  if (child.type === 'JSXText') return /^\s*\n\s*$/.test(child.value);
  return child.type === 'JSXExpressionContainer' && child.expression.type === 'JSXEmptyExpression';
}

/** Whether an expression can only be an element, several of them, or nothing. */
function isElement(expression) {
  switch (expression.type) {
    case 'JSXElement':
    case 'JSXFragment':
      return true;
    case 'Literal':
      return expression.value === null;
    case 'Identifier':
      return slots.has(expression.name);
    case 'LogicalExpression':
      return expression.operator === '&&' && isElement(expression.right);
    case 'ConditionalExpression':
      return isElement(expression.consequent) && isElement(expression.alternate);
    case 'CallExpression':
      return expression.callee.type === 'MemberExpression' && expression.callee.property.name === 'map';
    default:
      return false;
  }
}

function mayBeText(child) {
  if (child.type === 'JSXText') return true;
  return child.type === 'JSXExpressionContainer' && !isElement(child.expression);
}

function checkChildren(context, { children }) {
  const nodes = children.filter((child) => !isLayout(child));
  const text = nodes.length < 2 ? undefined : nodes.find(mayBeText);
  if (text !== undefined) context.report({ node: text, message });
}

/** Rules of this project for its components; oxlint runs them (oxlint.config.ts). */
export default {
  meta: { name: 'roomtone' },
  rules: {
    'text-alone': {
      create: (context) => ({
        JSXElement: (node) => node.openingElement.name.name === 'Sentence' || checkChildren(context, node),
        JSXFragment: (node) => checkChildren(context, node),
      }),
    },
  },
};
