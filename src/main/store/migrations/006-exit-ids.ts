/**
 * The last epoch of a phase (`phases.latest`, JSON) says of which exits its accuracies are: a phase need not evaluate all of them.
 * `exits` has `{exit, accuracy}` in depth order; `exit` is the number of the head, or `final`.
 */
export const exitIds = `
UPDATE phases SET latest = (
  SELECT json_object(
    'exits', json((SELECT json_group_array(json_object(
        'exit', CASE exit WHEN json_array_length(phases.identity, '$.network.exits') THEN 'final' ELSE exit END,
        'accuracy', accuracy) ORDER BY exit)
      FROM epoch_metrics WHERE phase_id = phases.id AND split = 'validation' AND epoch = phases.epochs)),
    'imagesPerSecond', images_per_second)
  FROM epochs WHERE phase_id = phases.id AND epoch = phases.epochs
) WHERE epochs > 0;
`
