export { renderDataCard } from '../../dataset/render-data-card.ts';
