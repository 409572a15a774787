/** Runs what a page has to do, one after another, and leaves the results, or an error, as JSON in the page. */
export async function show(tasks) {
  const results = {};
  for (const [name, task] of Object.entries(tasks)) {
    try {
      results[name] = await task();
    } catch (error) {
      results[name] = {error: `${error.message}\n${error.stack}`};
    }
  }
  const element = document.createElement('pre');
  element.id = 'results';
  element.textContent = JSON.stringify(results);
  document.body.append(element);
}
