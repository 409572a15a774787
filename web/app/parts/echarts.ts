/** The part of ECharts that the page's charts are made of: imported by `import()` alone, since it is larger than the page. */
import {LineChart} from 'echarts/charts';
import {GridComponent} from 'echarts/components';
import {init, use} from 'echarts/core';
import {SVGRenderer} from 'echarts/renderers';

use([LineChart, GridComponent, SVGRenderer]);

export {init};
